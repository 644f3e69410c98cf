using Mdev.Tool;

return await ToolCommand.RunAsync(args).ConfigureAwait(false);
