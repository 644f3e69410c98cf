using System.Buffers;
using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

internal sealed partial class FuseServer
{
    // A read or write goes on elsewhere, or is refused at once.
    private Errno? Start(in RequestHeader header, ReadOnlySpan<byte> body)
    {
        if (!TryRead(body, out TransferRequest request))
            return Errno.EINVAL;
        if (!_open.TryGetValue(request.Handle, out object? open) || open is not IFuseHandle handle)
            return Errno.EBADF;

        ulong unique = header.Unique;
        if (header.Opcode == Opcode.Read)
        {
            int size = (int)Math.Min(request.Size, MaxTransfer);
            _workers.Run(() => Read(unique, handle, request.Offset, size));
            return null;
        }

        ReadOnlySpan<byte> source = body[TransferRequest.Bytes..];
        if (request.Size != source.Length)
            return Errno.EINVAL;
        byte[] copy = source.ToArray();
        CancellationToken interrupted = _pending.Add(unique);
        _workers.Run(() => _ = WriteAsync(unique, handle, request.Offset, copy, interrupted));
        return null;
    }

    private void Read(ulong unique, IFuseHandle handle, ulong offset, int size)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReplyHeader.Size + size);
        try
        {
            int length = handle.Read(offset, buffer.AsSpan(ReplyHeader.Size, size));
            MemoryMarshal.Write(buffer, new ReplyHeader { Length = (uint)(ReplyHeader.Size + length), Unique = unique });
            _mount.Write(buffer.AsSpan(0, ReplyHeader.Size + length));
        }
        catch (Exception e)
        {
            Answer(unique, ErrorOf(e));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteAsync(ulong unique, IFuseHandle handle, ulong offset, byte[] source, CancellationToken interrupted)
    {
        try
        {
            interrupted.ThrowIfCancellationRequested();
            int length = await handle.WriteAsync(offset, source, interrupted).ConfigureAwait(false);
            _pending.Remove(unique);
            AnswerWritten(unique, length);
        }
        catch (Exception e)
        {
            _pending.Remove(unique);
            Answer(unique, ErrorOf(e));
        }
    }

    private void AnswerWritten(ulong unique, int length)
    {
        Span<byte> buffer = stackalloc byte[ReplyHeader.Size + 8];
        var reply = new Reply(buffer);
        reply.Add(new WriteReply { Size = (uint)length });
        _mount.Write(reply.Finish(unique, 0));
    }

    private Errno ErrorOf(Exception exception)
    {
        switch (exception)
        {
            case FuseException refused:
                return refused.Error;
            case OperationCanceledException:
                return Errno.EINTR;
            default:
                FuseLog.HandlerThrew(_logger, exception, _path);
                return Errno.EIO;
        }
    }
}
