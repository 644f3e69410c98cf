using System.Buffers.Binary;

namespace Mdev.Sdk.Testing.Bridge;

public sealed partial class BridgeNodeClient
{
    private const int AccessHead = 24;

    // What one access of the bridge carries.
    private const int MaxAccess = 64 * 1024;

    /// <inheritdoc/>
    public override Errno TryReadRegion(uint region, ulong offset, Span<byte> destination)
    {
        do
        {
            int count = Math.Min(destination.Length, MaxAccess);
            Span<byte> argument = BeginAccess(region, offset, count);
            Errno error = TryCall(Request.ReadRegion, argument);
            if (error != Errno.None)
                return error;
            argument[AccessHead..].CopyTo(destination);
            destination = destination[count..];
            offset += (uint)count;
        }
        while (!destination.IsEmpty);
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno TryWriteRegion(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        do
        {
            int count = Math.Min(source.Length, MaxAccess);
            Span<byte> argument = BeginAccess(region, offset, count);
            source[..count].CopyTo(argument[AccessHead..]);
            Errno error = TryCall(Request.WriteRegion, argument);
            if (error != Errno.None)
                return error;
            source = source[count..];
            offset += (uint)count;
        }
        while (!source.IsEmpty);
        return Errno.None;
    }

    // argsz, flags, region, count, offset, and the bytes themselves.
    private Span<byte> BeginAccess(uint region, ulong offset, int count)
    {
        Span<byte> argument = Begin(AccessHead + count);
        WriteUInt32(argument, 8, region);
        WriteUInt32(argument, 12, (uint)count);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[16..], offset);
        return argument;
    }
}
