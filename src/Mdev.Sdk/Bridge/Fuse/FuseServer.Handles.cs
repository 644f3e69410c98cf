using System.Runtime.CompilerServices;
using System.Text;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

internal sealed partial class FuseServer
{
    // Only the thread that takes requests touches them.
    private readonly Dictionary<ulong, Listing> _listings = [];
    private ulong _lastHandle;

    private Errno Open(in RequestHeader header, ReadOnlySpan<byte> body, ref Reply reply)
    {
        if (!TryRead(body, out OpenRequest request))
            return Errno.EINVAL;
        if (_nodes.Find(header.Node) is not FuseFile file)
            return Errno.ENOENT;
        if (!Permits(file.Permissions, request.Flags))
            return Errno.EACCES;
        int backing = _backing.NumberOf(file);
        reply.Add(new OpenReply
        {
            Handle = ++_lastHandle,
            Flags = OpenReply.DirectIo | OpenReply.ParallelWrites | (file.IsStream ? OpenReply.Stream : 0) | (backing != 0 ? OpenReply.Passthrough : 0),
            Backing = backing,
        });
        return _files.Open(_lastHandle, file, new FuseCaller(request.Flags, (int)header.Process, header.User));
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
        _listings.Add(++_lastHandle, new Listing(directory));
        reply.Add(new OpenReply { Handle = _lastHandle });
        return Errno.None;
    }

    private Errno CloseDirectory(ulong handle) => _listings.Remove(handle) ? Errno.None : Errno.EBADF;

    private Errno List(ReadOnlySpan<byte> body, bool withAttributes, ref Reply reply)
    {
        if (!TryRead(body, out TransferRequest request))
            return Errno.EINVAL;
        if (!_listings.TryGetValue(request.Handle, out Listing? listing))
            return Errno.EBADF;

        IReadOnlyList<string> names = listing.Names(request.Offset);
        int room = (int)Math.Min(request.Size, (uint)Math.Min(reply.Room, OpenFiles.MaxTransfer));
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
