using Mdev.Sdk.Device;

namespace Mdev.Sdk.Terminals;

/// <summary>
/// A far end that is a character device of the host: its file operations are a serial port's. They run on the device's lock, as does
/// everything that the device does with its terminal.
/// </summary>
internal sealed partial class CharTerminal(string nodeName) : Terminal("a character device"), ICharDevice
{
    // As many as the kernel's terminals keep. Source: Linux include/linux/tty.h, N_TTY_BUF_SIZE.
    private const int Capacity = 4096;

    private readonly ByteRing _received = new(Capacity);
    private VfioDevice? _device;
    private Func<byte, bool>? _deliver;
    private Action? _drained;
    private bool _isFull;

    // Whether the device has taken the last byte, or has had room since.
    private bool _hasRoom = true;

    public string NodeName => nodeName;

    public WaitQueueHead Queue { get; } = new();

    public CharOperations Operations => CharOperations.Read | CharOperations.Write | CharOperations.Poll | CharOperations.Ioctl;

    public override void Connect(VfioDevice device, Func<byte, bool> deliver)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(deliver);
        (_device, _deliver) = (device, deliver);
        device.Add(this);
    }

    public override void Connect(VfioDevice device, Func<byte, bool> deliver, Action drained)
    {
        ArgumentNullException.ThrowIfNull(drained);
        Connect(device, deliver);
        _drained = drained;
    }

    public override void NotifyRoom()
    {
        _hasRoom = true;
        Queue.WakeUp();
    }

    public override void Write(byte value)
    {
        if (_received.TryAdd(value))
            Queue.WakeUp();
    }

    public override bool TryWrite(byte value)
    {
        _isFull = !_received.TryAdd(value);
        if (!_isFull)
            Queue.WakeUp();
        return !_isFull;
    }

    int ICharDevice.Read(CharFile file, Span<byte> destination)
    {
        int count = _received.Take(destination);
        if (count > 0)
            Drained();
        return count > 0 || destination.IsEmpty || _settings.ReadsNothing ? count : CharFile.WouldBlock;
    }

    int ICharDevice.Write(CharFile file, ReadOnlySpan<byte> source)
    {
        int count = 0;
        while (count < source.Length && _deliver!(source[count]))
            count++;
        _hasRoom = count == source.Length;
        return count > 0 || source.IsEmpty ? count : CharFile.WouldBlock;
    }

    PollEvents ICharDevice.Poll(CharFile file) =>
        (_received.Count > 0 ? PollEvents.In : PollEvents.None) | (_hasRoom ? PollEvents.Out : PollEvents.None);

    private protected override void End()
    {
    }

    private void Drained()
    {
        if (!_isFull)
            return;
        _isFull = false;
        _device!.RunGuarded(_drained!);
    }
}
