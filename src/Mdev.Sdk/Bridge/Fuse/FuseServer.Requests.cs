using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

internal sealed partial class FuseServer
{
    private const uint Major = 7, LeastMinor = 23, Minor = 31;

    private void Take(in RequestHeader header, ReadOnlySpan<byte> body, byte[] buffer)
    {
        Errno error;
        var reply = new Reply(buffer);
        switch (header.Opcode)
        {
            case Opcode.Forget:
                if (TryRead(body, out ulong lookups))
                    _nodes.Forget(header.Node, lookups);
                return;
            case Opcode.BatchForget:
                ForgetAll(body);
                return;
            case Opcode.Destroy:
                return;

            case Opcode.Init:
                error = Begin(body, ref reply);
                break;
            case Opcode.Lookup:
                error = Find(header.Node, body, ref reply);
                break;
            case Opcode.GetAttr:
                error = ShowAttributes(header.Node, ref reply);
                break;
            case Opcode.SetAttr:
                error = SetAttributes(header.Node, body, ref reply);
                break;
            case Opcode.ReadLink:
                error = ReadLink(header.Node, ref reply);
                break;
            case Opcode.Open:
                error = Open(header, body, ref reply);
                break;
            case Opcode.OpenDir:
                error = OpenDirectory(header.Node, ref reply);
                break;
            case Opcode.ReadDir or Opcode.ReadDirPlus:
                error = List(body, header.Opcode == Opcode.ReadDirPlus, ref reply);
                break;
            case Opcode.ReleaseDir:
                error = TryRead(body, out ReleaseRequest release) ? CloseDirectory(release.Handle) : Errno.EINVAL;
                break;
            case Opcode.StatFs:
                reply.Add(new StatFsReply { BlockSize = 4096, FragmentSize = 4096, NameLength = 255 });
                error = Errno.None;
                break;

            // As sysfs refuses it. Source: fs/kernfs has none of these operations; fs/namei.c.
            case Opcode.Create:
                error = Errno.EACCES;
                break;
            case Opcode.MkNod or Opcode.MkDir or Opcode.SymLink or Opcode.Link or Opcode.Unlink or Opcode.RmDir or Opcode.Rename or Opcode.Rename2:
                error = Errno.EPERM;
                break;

            // ACCESS too: with default_permissions the kernel judges by the modes, and does not ask again.
            default:
                error = Errno.ENOSYS;
                break;
        }

        if (error == Errno.None)
            _connection.Write(reply.Finish(header.Unique, 0));
        else
            _files.AnswerError(header.Unique, error);
    }

    private Errno Begin(ReadOnlySpan<byte> body, ref Reply reply)
    {
        // Shorter than ours from a kernel before 7.36.
        var request = default(InitRequest);
        if (body.Length < InitRequest.OldSize)
            return Errno.EINVAL;
        body[..Math.Min(body.Length, Unsafe.SizeOf<InitRequest>())].CopyTo(MemoryMarshal.AsBytes(new Span<InitRequest>(ref request)));
        if (request.Major < Major || (request.Major == Major && request.Minor < LeastMinor))
        {
            FuseLog.TooOld(_logger, _path, request.Major, request.Minor);
            return Errno.ENOTSUP;
        }

        // To a later major the kernel sends INIT again, in ours.
        const InitFlags Wanted =
            InitFlags.BigWrites | InitFlags.ReadDirPlus | InitFlags.ReadDirPlusAuto | InitFlags.ParallelDirectories | InitFlags.MaxPages
            | InitFlags.CacheLinks // where a node leads never changes
            | InitFlags.Extended;
        MoreInitFlags more = (request.Flags & InitFlags.Extended) == 0 ? 0 : request.MoreFlags & MoreInitFlags.Passthrough;
        reply.Add(new InitReply
        {
            Major = Major,
            Minor = Minor,
            MaxReadahead = request.MaxReadahead,
            Flags = request.Flags & Wanted,
            MaxBackground = OpenFiles.MostWorkers,
            CongestionThreshold = OpenFiles.MostWorkers,
            MaxWrite = OpenFiles.MaxTransfer,
            TimeGranularity = 1,
            MaxPages = (OpenFiles.MaxTransfer / 0x1000) + 1, // a caller's buffer need not begin with a page
            MoreFlags = more,
            MaxStackDepth = 1,
        });
        return Errno.None;
    }

    private void ForgetAll(ReadOnlySpan<byte> body)
    {
        if (!TryRead(body, out ulong count))
            return;
        body = body[sizeof(ulong)..];
        for (uint i = 0; i < (uint)count && TryRead(body, out ForgetOne one); i++)
        {
            _nodes.Forget(one.Node, one.Lookups);
            body = body[Unsafe.SizeOf<ForgetOne>()..];
        }
    }

    private Errno Find(ulong parent, ReadOnlySpan<byte> body, ref Reply reply)
    {
        int end = body.IndexOf((byte)0);
        if (end <= 0 || _nodes.Find(parent) is not FuseDirectory directory)
            return Errno.ENOENT;
        if (directory.Find(Encoding.UTF8.GetString(body[..end])) is not { } node)
            return Errno.ENOENT;
        _nodes.Tell(node);
        reply.Add(EntryOf(node));
        return Errno.None;
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> body, out T value) where T : unmanaged => MemoryMarshal.TryRead(body, out value);
}
