using System.CommandLine;
using Mdev.Sdk.Terminals;
using Mtty;

Option<bool> console = new("--console") { Description = "Wire port 0 to this terminal instead of to itself." };
Option<bool> pty = new("--pty") { Description = "Wire each port to a pseudo terminal of its own, whose name is printed." };
Option<bool> cuse = new("--cuse") { Description = "Wire each port to a character device, /dev/mtty-UUID-PORT." };

return MdevProgram.Run(args, "A PCI serial card with one or two ports, the kernel's mtty in C#.", [console, pty, cuse], options => new MttyParent(port =>
{
    Terminal? farEnd = options.GetValue(pty) ? Terminal.OpenPseudoTerminal()
        : options.GetValue(cuse) ? Terminal.OpenCharDevice($"mtty-{{short}}-{port}")
        : options.GetValue(console) && port == 0 ? Terminal.OpenConsole() : null;
    if (farEnd is not null)
        Console.Error.WriteLine($"port {port}: {farEnd.Name}");
    return farEnd;
}));
