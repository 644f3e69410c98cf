using Mdev.Devices;

return args switch
{
    ["edu", .. var options] => MdevProgram.Run(options, new EduParent()),
    ["idio-16", .. var options] => MdevProgram.Run(options, new Idio16Parent()),
    ["exerciser", .. var options] => MdevProgram.Run(options, new ExerciserParent()),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Mdev.Devices edu|idio-16|exerciser [option]...; see --help after each");
    return 2;
}
