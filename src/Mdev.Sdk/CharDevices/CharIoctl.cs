using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mdev.Sdk;

/// <summary>One ioctl(2), and the caller's memory as far as it was asked for.</summary>
/// <remarks>
/// The memory comes by the kernel, which is told which pieces: a handler that asks for one that is not there yet runs again when it
/// is. So it asks for everything before it changes anything, and returns as soon as one <see cref="TryAccess"/> says no.
/// Source: Linux fs/fuse/ioctl.c, "unrestricted" ioctls.
/// </remarks>
public ref struct CharIoctl
{
    /// <summary>Most pieces of memory of one call; one that goes both ways counts as two. Source: linux/fuse.h, FUSE_IOCTL_MAX_IOV.</summary>
    public const int MaxPieces = 256;

    /// <summary>Most bytes of all pieces of one call, each way. Source: Linux fs/fuse/ioctl.c, FUSE_MAX_PAGES_PER_REQ.</summary>
    public const int MaxBytes = 128 * 1024;

    private readonly Span<byte> _in;
    private readonly Span<byte> _out;
    private readonly Span<CharIoctlPiece> _pieces;
    private int _inUsed, _outUsed, _inPieces, _outPieces;

    /// <param name="command">The command.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="input">What of the caller's memory is there.</param>
    /// <param name="output">Room for what he gets; zeroed.</param>
    /// <param name="pieces">
    /// Room for what is asked for, twice <see cref="MaxPieces"/>: what he gives, then what he gets. Empty where the kernel copies by
    /// the command's own size, and takes no other wish.
    /// </param>
    internal CharIoctl(uint command, ulong argument, Span<byte> input, Span<byte> output, Span<CharIoctlPiece> pieces)
    {
        (Command, Argument) = (command, argument);
        _in = input;
        _out = output;
        _pieces = pieces;
    }

    /// <summary>The command, as the caller gave it.</summary>
    public readonly uint Command { get; }

    /// <summary>The argument: a value, or an address in the caller's memory.</summary>
    public readonly ulong Argument { get; }

    /// <summary>Why not, where <see cref="TryAccess"/> has said no for good: the call fails with it. None if the handler runs again.</summary>
    internal Errno Refusal { readonly get; private set; }

    /// <summary>Whether the handler runs again with more of the memory.</summary>
    internal bool NeedsMore { readonly get; private set; }

    /// <summary>Bytes that the caller gets.</summary>
    internal readonly int OutputLength => _outUsed;

    /// <summary>What was asked for that the caller gives.</summary>
    internal readonly ReadOnlySpan<CharIoctlPiece> InPieces => _pieces[.._inPieces];

    /// <summary>What was asked for that the caller gets.</summary>
    internal readonly ReadOnlySpan<CharIoctlPiece> OutPieces => _pieces.Slice(_pieces.IsEmpty ? 0 : MaxPieces, _outPieces);

    /// <summary>Asks for a piece of the caller's memory.</summary>
    /// <param name="address">Where it is, usually <see cref="Argument"/>.</param>
    /// <param name="count">Bytes, 0 to <see cref="MaxBytes"/> with all others of the call.</param>
    /// <param name="access">Which way it goes.</param>
    /// <param name="bytes">Receives it; what is written to it is the caller's if the call succeeds and it goes out.</param>
    /// <returns>Whether it is there. If not, the handler returns: it runs again, or the call fails.</returns>
    public bool TryAccess(ulong address, int count, CharIoctlAccess access, out Span<byte> bytes)
    {
        bool isIn = (access & CharIoctlAccess.In) != 0, isOut = (access & CharIoctlAccess.Out) != 0;
        bytes = default;
        if (Refusal != Errno.None)
            return false;
        if (count < 0 || (isIn && count > MaxBytes - _inUsed) || (isOut && count > MaxBytes - _outUsed)
            || _inPieces + _outPieces + (isIn && isOut ? 2 : 1) > MaxPieces)
            return Refuse(Errno.ENOMEM);
        if (_pieces.IsEmpty)
        {
            // Elsewhere than at its argument the kernel has copied nothing, and will not.
            if (address != Argument || (isIn && count > _in.Length - _inUsed) || (isOut && count > _out.Length - _outUsed))
                return Refuse(Errno.ENOTTY);
        }
        else
        {
            var piece = new CharIoctlPiece(address, (ulong)count);
            if (isIn)
                _pieces[_inPieces++] = piece;
            if (isOut)
                _pieces[MaxPieces + _outPieces++] = piece;
        }

        bool isThere = (!isIn || _inUsed + count <= _in.Length) && (!isOut || _outUsed + count <= _out.Length);
        if (isThere)
        {
            bytes = isOut ? _out.Slice(_outUsed, count) : _in.Slice(_inUsed, count);
            if (isIn && isOut)
                _in.Slice(_inUsed, count).CopyTo(bytes);
        }
        NeedsMore |= !isThere;
        _inUsed += isIn ? count : 0;
        _outUsed += isOut ? count : 0;
        return isThere;
    }

    /// <summary>Asks for a struct of the caller's, as <see cref="TryAccess(ulong, int, CharIoctlAccess, out Span{byte})"/> does.</summary>
    /// <typeparam name="T">Its layout: fields in order, as the C compiler has them.</typeparam>
    public bool TryAccess<T>(ulong address, CharIoctlAccess access, out Span<T> value) where T : unmanaged
    {
        bool isThere = TryAccess(address, Unsafe.SizeOf<T>(), access, out Span<byte> bytes);
        value = MemoryMarshal.Cast<byte, T>(bytes);
        return isThere;
    }

    private bool Refuse(Errno error)
    {
        (Refusal, NeedsMore) = (error, false);
        return false;
    }
}
