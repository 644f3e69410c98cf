using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Fuzz;

return args switch
{
    ["serve", var folder] => FuzzHost.Serve(folder),
    ["record", var listen, var server, var file, var title] => Record(listen, server, file, title),
    _ => Usage(),
};

static int Record(string listen, string server, string file, string title)
{
    Recorder.Run(listen, server, file, title);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: Mdev.Sdk.Wire.Tests record LISTEN SERVER FILE TITLE; see Conversations/README.md");
    return 2;
}
