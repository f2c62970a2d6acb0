/**
 * Loaded into the bot's process before the bot: a playground that is killed outright takes its bot along,
 * which would otherwise try to reach its Slack for ever.
 */
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
