namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const int IrqSetSize = 20;

    /// <inheritdoc/>
    public override Errno TrySetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds)
    {
        Span<byte> payload = Begin(IrqSetSize + bools.Length);
        WriteUInt32(payload, 0, (uint)payload.Length);
        WriteUInt32(payload, 4, (uint)set);
        WriteUInt32(payload, 8, index);
        WriteUInt32(payload, 12, start);
        WriteUInt32(payload, 16, count);
        bools.CopyTo(payload[IrqSetSize..]);

        Span<int> descriptors = stackalloc int[eventFds.Length];
        for (int i = 0; i < descriptors.Length; i++)
            descriptors[i] = eventFds[i].Descriptor;
        return Call(Command.DeviceSetIrqs, out _, descriptors);
    }
}
