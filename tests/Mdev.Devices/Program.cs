using Mdev.Devices;

return args switch
{
    ["edu", .. var options] => MdevProgram.Run(options, new EduParent()),
    ["idio-16", .. var options] => MdevProgram.Run(options, new Idio16Parent()),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Mdev.Devices edu|idio-16 [option]...; see --help after either");
    return 2;
}
