using Mdev.Sdk.Device;
using Mdev.Sdk.Terminals;

namespace Mdev.Devices;

/// <summary>What is plugged into a serial port: a terminal that may also pass on what goes wrong on a line.</summary>
/// <param name="terminal">The far end.</param>
/// <param name="marked">
/// Whether the far end marks what it sends as a terminal with PARMRK does: <c>ff 00 xx</c> is a character with a parity error,
/// <c>ff 00 00</c> a break, <c>ff ff</c> the character 0xff. Source: termios(3).
/// </param>
public sealed class SerialLine(Terminal terminal, bool marked) : IDisposable
{
    private int _marks;

    public string Name => terminal.Name;

    public void Connect(VfioDevice device, Func<byte, LineStatus, bool> receive, Action drained) =>
        terminal.Connect(device, value => marked ? Unmark(value, receive) : receive(value, default), drained);

    public bool TrySend(byte value) => terminal.TryWrite(value);

    public void NotifyRoom() => terminal.NotifyRoom();

    public void Dispose() => terminal.Dispose();

    private bool Unmark(byte value, Func<byte, LineStatus, bool> receive)
    {
        if ((_marks, value) is (0, 0xff) or (1, 0x00))
        {
            _marks++;
            return true;
        }

        LineStatus errors = _marks < 2 ? default : value == 0 ? new() { Break = true } : new() { ParityError = true };
        if (!receive(value, errors))
            return false;
        _marks = 0;
        return true;
    }
}
