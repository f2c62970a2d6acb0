/**
 * Ends a Node app when local-slack is killed. Node loads this file before the app's own code. Without it, the app
 * would keep trying to reach a Slack that is gone.
 */
process.channel?.unref();
// Pid 0 signals the whole process group, so that processes behind a shell or npm end too. The app has its own group.
process.once('disconnect', () => process.kill(process.platform === 'win32' ? process.pid : 0, 'SIGTERM'));
// Processes started by the app have their own channels, so they must not load this file.
delete process.env.NODE_OPTIONS;
