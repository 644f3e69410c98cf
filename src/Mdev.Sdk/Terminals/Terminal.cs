using Mdev.Sdk.Device;

namespace Mdev.Sdk.Terminals;

/// <summary>
/// The host's end of a serial line: bytes a person types come in, bytes a guest sends go out. What nobody reads is lost, as
/// on a cable that leads nowhere; what the device has no room for waits.
/// </summary>
public abstract class Terminal : IDisposable
{
    private protected Terminal(string name) => Name = name;

    /// <summary>What a person attaches to: <c>/dev/pts/3</c>.</summary>
    public string Name { get; }

    /// <summary>A new pseudo terminal in raw mode, for <c>screen</c> and the like.</summary>
    /// <exception cref="IOException">The system has none left.</exception>
    public static Terminal OpenPseudoTerminal() => PseudoTerminal.Open();

    /// <summary>
    /// The terminal this process runs in, without echo and line editing until the terminal is disposed; Ctrl-C still
    /// interrupts.
    /// </summary>
    public static Terminal OpenConsole() => ConsoleTerminal.Open();

    /// <summary>Whoever listens on a unix stream socket. When they go the line is dead.</summary>
    /// <param name="path">The socket, at most 107 bytes.</param>
    /// <exception cref="IOException">Nobody listens there.</exception>
    public static Terminal OpenSocket(string path) => SocketTerminal.Open(path);

    /// <summary>
    /// A serial port of this host: <c>cat</c>, <c>stty</c> and terminal programs use it. By CUSE, for which the instance needs root and
    /// the module cuse, unless the host program's <c>--bridge fuse</c> puts it in the instance's folder.
    /// </summary>
    /// <param name="name">The node's name below /dev, with the placeholders of <see cref="CharDeviceAttribute"/>.</param>
    public static Terminal OpenCharDevice(string name) => new CharTerminal(name);

    /// <summary>Starts to deliver what comes in.</summary>
    /// <param name="device">Whose lock is held while <paramref name="deliver"/> runs.</param>
    /// <param name="deliver">
    /// Takes one byte; <see langword="false"/> if there is no room, and then it is called again after
    /// <see cref="NotifyRoom"/>. One that throws is logged and counted, and its byte is lost.
    /// </param>
    public abstract void Connect(VfioDevice device, Func<byte, bool> deliver);

    /// <summary>Starts to deliver what comes in, and to say when the far end can take more.</summary>
    /// <param name="device">Whose lock is held while either of the two runs.</param>
    /// <param name="deliver">As in the other <see cref="Connect(VfioDevice, Func{byte, bool})"/>.</param>
    /// <param name="drained">
    /// Runs once after each <see cref="TryWrite"/> that was refused, as soon as one would not be. What it throws is logged and counted.
    /// </param>
    public abstract void Connect(VfioDevice device, Func<byte, bool> deliver, Action drained);

    /// <summary>The device has room again.</summary>
    public abstract void NotifyRoom();

    /// <summary>Sends one byte, or loses it if nobody has read the last ones. Never waits.</summary>
    public abstract void Write(byte value);

    /// <summary>Sends one byte. Never waits.</summary>
    /// <returns>
    /// <see langword="false"/> if nobody has read the last ones and the byte is still the caller's; one that goes to a far end that has
    /// gone is lost.
    /// </returns>
    public abstract bool TryWrite(byte value);

    /// <summary>Ends the connection and gives the terminal back as it was.</summary>
    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go; may be called again.</summary>
    private protected abstract void End();
}
