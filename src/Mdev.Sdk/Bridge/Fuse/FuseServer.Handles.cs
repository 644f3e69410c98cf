using System.Runtime.CompilerServices;
using System.Text;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

internal sealed partial class FuseServer
{
    // Only the thread that takes requests touches them.
    private readonly Dictionary<ulong, object> _open = [];
    private ulong _lastHandle;

    private Errno Open(ulong number, ReadOnlySpan<byte> body, ref Reply reply)
    {
        if (!TryRead(body, out OpenRequest request))
            return Errno.EINVAL;
        if (_nodes.Find(number) is not FuseFile file)
            return Errno.ENOENT;
        if (!Permits(file.Permissions, request.Flags))
            return Errno.EACCES;
        try
        {
            reply.Add(new OpenReply { Handle = Keep(file.Open()), Flags = OpenReply.DirectIo | OpenReply.ParallelWrites });
            return Errno.None;
        }
        catch (FuseException e)
        {
            return e.Error;
        }
    }

    // For root too, whom the kernel lets pass by modes. Source: fs/kernfs/file.c, KERNFS_ROOT_EXTRA_OPEN_PERM_CHECK, as sysfs has it.
    private static bool Permits(uint permissions, uint flags)
    {
        const uint AccessMode = 0x3, ReadOnly = 0x0, WriteOnly = 0x1, AnybodyReads = 0x124, AnybodyWrites = 0x92;
        uint mode = flags & AccessMode;
        return (mode == WriteOnly || (permissions & AnybodyReads) != 0) && (mode == ReadOnly || (permissions & AnybodyWrites) != 0);
    }

    private Errno OpenDirectory(ulong number, ref Reply reply)
    {
        if (_nodes.Find(number) is not FuseDirectory directory)
            return Errno.ENOENT;
        reply.Add(new OpenReply { Handle = Keep(new Listing(directory)) });
        return Errno.None;
    }

    private Errno Close(ulong handle) => _open.Remove(handle) ? Errno.None : Errno.EBADF;

    private ulong Keep(object handle)
    {
        _open.Add(++_lastHandle, handle);
        return _lastHandle;
    }

    private Errno List(ReadOnlySpan<byte> body, bool withAttributes, ref Reply reply)
    {
        if (!TryRead(body, out TransferRequest request))
            return Errno.EINVAL;
        if (!_open.TryGetValue(request.Handle, out object? handle) || handle is not Listing listing)
            return Errno.EBADF;

        IReadOnlyList<string> names = listing.Names(request.Offset);
        int room = (int)Math.Min(request.Size, (uint)Math.Min(reply.Room, MaxTransfer));
        for (ulong i = request.Offset; i < (ulong)names.Count; i++)
        {
            string name = names[(int)i];
            bool isSelf = name is "." or "..";

            // Gone since the listing began: told now, it would be believed. As long as this directory is being listed, the
            // kernel's lock keeps Forget from coming in between.
            FuseNode? node = isSelf ? listing.Directory : listing.Directory.Find(name);
            if (node is null)
                continue;

            byte[] text = Encoding.UTF8.GetBytes(name);
            int size = (Unsafe.SizeOf<DirectoryEntry>() + text.Length + 7) & ~7;
            if (withAttributes)
                size += Unsafe.SizeOf<EntryReply>();
            if (size > room)
                break;
            room -= size;

            if (withAttributes)
            {
                // Of "." and ".." nothing is told, nor counted.
                reply.Add(isSelf ? default : EntryOf(node));
                if (!isSelf)
                    _nodes.Tell(node);
            }
            reply.Add(new DirectoryEntry
            {
                Inode = _nodes.NumberOf(node),
                Next = i + 1,
                NameLength = (uint)text.Length,
                Type = node.TypeBits >> 12,
            });
            reply.Add(text);
            reply.Align();
        }
        return Errno.None;
    }
}
