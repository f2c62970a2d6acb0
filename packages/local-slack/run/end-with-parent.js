/**
 * Loaded into a Node app before the app's own code. When local-slack is killed, its channel to the app breaks, and the
 * app ends. Otherwise the app would keep trying to reach a Slack that is gone.
 */
process.channel?.unref();
// The app has a process group of its own, to which pid 0 stands: also what a shell or npm started must end.
process.once('disconnect', () => process.kill(process.platform === 'win32' ? process.pid : 0, 'SIGTERM'));
// Processes that the app starts have channels of their own.
delete process.env.NODE_OPTIONS;
