using System.CommandLine;
using Mdev.Sdk.Terminals;

namespace Mdev.Devices;

/// <summary>Offers one serial port.</summary>
/// <param name="openLine">Opens what it is wired to; <see langword="null"/> for nothing.</param>
[MdevParent("serial")]
public sealed partial class SerialParent(Func<SerialLine?> openLine) : MdevParent<SerialCard, int>
{
    [MdevType("16550", "One 16550 serial port")] public static int Only => 0;

    public SerialLine? OpenLine() => openLine();

    public static int Run(string[] arguments)
    {
        Option<bool> pty = new("--pty") { Description = "Wire the port to a pseudo terminal, whose name is printed." };
        Option<string?> connect = new("--connect") { Description = "Wire the port to whoever listens on this unix socket." };
        Option<bool> marked = new("--marked") { Description = "The far end marks breaks and parity errors as PARMRK of termios does." };
        return MdevProgram.Run(arguments, "A PCI card with a 16550 serial port.", [pty, connect, marked], options => new SerialParent(() =>
        {
            Terminal? terminal = options.GetValue(connect) is { } path ? Terminal.OpenSocket(path)
                : options.GetValue(pty) ? Terminal.OpenPseudoTerminal()
                : null;
            if (terminal is null)
                return null;
            Console.Error.WriteLine($"port: {terminal.Name}");
            return new SerialLine(terminal, options.GetValue(marked));
        }));
    }
}

/// <summary>A single-port serial card. Source: QEMU, docs/specs/pci-serial.rst.</summary>
[PciDevice(0x1b36, 0x0002, Class = 0x07_00_02, Revision = 0x01)]
public sealed partial class SerialCard : PciDevice
{
    public SerialCard(SerialParent parent) => Port = new Uart16550(this, Irq, parent.OpenLine());

    [Bar(0, BarKind.Io)] public Uart16550 Port { get; }
    [IntX] public InterruptLine Irq { get; } = new();

    protected override void StateLoaded() => Port.Resume();
}
