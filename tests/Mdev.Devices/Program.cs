using Mdev.Devices;

return args switch
{
    ["edu", .. var options] => MdevProgram.Run(options, new EduParent()),
    ["serial", .. var options] => SerialParent.Run(options),
    ["idio-16", .. var options] => MdevProgram.Run(options, new Idio16Parent()),
    ["exerciser", .. var options] => MdevProgram.Run(options, new ExerciserParent()),
    ["shared", .. var options] => MdevProgram.Run(options, new SharedCardParent()),
    ["copier", .. var options] => MdevProgram.Run(options, new CopierParent()),
    ["mailbox", .. var options] => MdevProgram.Run(options, new MailboxParent()),
    ["panel", .. var options] => MdevProgram.Run(options, new PanelParent()),
    ["pair", .. var options] => MdevProgram.Run(options, new EduParent { Name = "edu0" }, new CopierParent { Name = "copier0" }),
    ["mq", .. var options] => MdevProgram.Run(options, new MessageCardParent()),
    ["ap", .. var options] => MdevProgram.Run(options, new ApParent()),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Mdev.Devices edu|serial|idio-16|exerciser|shared|copier|mailbox|panel|mq|ap|pair [option]...; see --help after each");
    return 2;
}
