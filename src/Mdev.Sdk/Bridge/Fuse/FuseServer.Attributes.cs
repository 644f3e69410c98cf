using Mdev.Sdk.Bridge.Fuse.Messages;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Fuse;

internal sealed partial class FuseServer
{
    // Nothing of a node changes, and a name that goes is taken back: the kernel need not ask again.
    private const ulong ValidSeconds = 24 * 60 * 60;

    private EntryReply EntryOf(FuseNode node) => new()
    {
        Node = _nodes.NumberOf(node),
        EntryValid = ValidSeconds,
        AttributesValid = ValidSeconds,
        Attributes = AttributesOf(node),
    };

    private Errno ShowAttributes(ulong number, ref Reply reply)
    {
        if (_nodes.Find(number) is not { } node)
            return Errno.ENOENT;
        reply.Add(new AttributesReply { Valid = ValidSeconds, Attributes = AttributesOf(node) });
        return Errno.None;
    }

    // Shells open with O_TRUNC, which must succeed and does nothing; touch(1) may set times, to no effect.
    private Errno SetAttributes(ulong number, ReadOnlySpan<byte> body, ref Reply reply)
    {
        if (!TryRead(body, out SetAttributesRequest request))
            return Errno.EINVAL;
        if ((request.Valid & SetAttributesRequest.Ownership) != 0)
            return Errno.EPERM;
        if ((request.Valid & SetAttributesRequest.SizeBit) != 0 && request.Length != 0)
            return Errno.EINVAL;
        return ShowAttributes(number, ref reply);
    }

    private Errno ReadLink(ulong number, ref Reply reply)
    {
        if (_nodes.Find(number) is not FuseLink link)
            return Errno.EINVAL;
        reply.Add(link.Target);
        return Errno.None;
    }

    private AttributesOnWire AttributesOf(FuseNode node)
    {
        ulong seconds = (ulong)node.Made.ToUnixTimeSeconds();
        uint nanoseconds = (uint)(node.Made.Ticks % TimeSpan.TicksPerSecond) * 100;
        return new AttributesOnWire
        {
            Inode = _nodes.NumberOf(node),
            Size = node.Size,
            AccessTime = seconds,
            ModifyTime = seconds,
            ChangeTime = seconds,
            AccessNanoseconds = nanoseconds,
            ModifyNanoseconds = nanoseconds,
            ChangeNanoseconds = nanoseconds,
            Mode = node.TypeBits | node.Permissions,

            // Of a directory 1 says that its sub-directories are not counted. Source: find(1), -noleaf.
            Links = 1,
            User = Libc.geteuid(),
            Group = Libc.getegid(),
            BlockSize = 4096,
        };
    }
}
