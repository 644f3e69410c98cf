using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Ahead of every request. Source: linux/fuse.h, struct fuse_in_header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequestHeader
{
    public const int Size = 40;

    public uint Length;
    public Opcode Opcode;
    public ulong Unique;
    public ulong Node;
    public uint User;
    public uint Group;
    public uint Process;
    public ushort ExtensionLength;
    public ushort Padding;

    /// <summary>Reads a request's header, which tells its length.</summary>
    public static bool TryRead(Span<byte> request, out RequestHeader header, out Span<byte> body)
    {
        bool isWhole = MemoryMarshal.TryRead(request, out header) && header.Length == request.Length;
        body = isWhole ? request[Size..] : [];
        return isWhole;
    }
}
