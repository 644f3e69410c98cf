using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mdev.Sdk;

/// <summary>One ioctl(2), and the caller's memory as far as it was asked for.</summary>
/// <remarks>
/// The memory comes by the kernel, which is told which pieces: a handler that asks for one that is not there yet runs again when it
/// is. So it asks for everything before it changes anything, and returns as soon as one <c>TryAccess</c> says no; what it returns then
/// is of no account. Asked for the same again, the memory may have changed: what an earlier look has shown is to be checked again.
/// <para>
/// That is a node of CUSE. A file in an instance's folder has the kernel copy what the command's own number says, before the handler
/// runs and after: any piece of that can be had, and other memory, or any of a command whose number says no size, fails with ENOTTY.
/// </para>
/// Source: Linux fs/fuse/ioctl.c, "unrestricted" ioctls.
/// </remarks>
public ref struct CharIoctl
{
    /// <summary>
    /// Most pieces of memory of one call; one that goes both ways counts twice. Source: linux/fuse.h, FUSE_IOCTL_MAX_IOV; Linux
    /// fs/fuse/ioctl.c, which adds them up.
    /// </summary>
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
    /// <param name="count">Bytes, 0 to <see cref="MaxBytes"/> with all others of the call; beyond, the call fails with ENOMEM.</param>
    /// <param name="access">Which way it goes.</param>
    /// <param name="bytes">Receives it; what is written to it is the caller's if the call succeeds and it goes out.</param>
    /// <returns>Whether it is there. If not, the handler returns: it runs again, or the call fails.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It goes neither way.</exception>
    public bool TryAccess(ulong address, int count, CharIoctlAccess access, out Span<byte> bytes)
    {
        if (access is not (CharIoctlAccess.In or CharIoctlAccess.Out or CharIoctlAccess.InOut))
            throw new ArgumentOutOfRangeException(nameof(access), access, "Memory goes in, out, or both.");
        bool isIn = access != CharIoctlAccess.Out, isOut = access != CharIoctlAccess.In;
        bytes = default;
        if (Refusal != Errno.None)
            return false;
        if (count < 0)
            return Refuse(Errno.ENOMEM);
        return _pieces.IsEmpty ? TryFind(address, count, isIn, isOut, out bytes) : TryTake(address, count, isIn, isOut, out bytes);
    }

    /// <summary>Asks for a struct of the caller's, as <see cref="TryAccess(ulong, int, CharIoctlAccess, out Span{byte})"/> does.</summary>
    /// <typeparam name="T">Its layout: fields in order, as the C compiler has them.</typeparam>
    public bool TryAccess<T>(ulong address, CharIoctlAccess access, out Span<T> value) where T : unmanaged
    {
        bool isThere = TryAccess(address, Unsafe.SizeOf<T>(), access, out Span<byte> bytes);
        value = MemoryMarshal.Cast<byte, T>(bytes);
        return isThere;
    }

    // By order: the kernel has copied the pieces that the handler asked for before, one behind the other.
    private bool TryTake(ulong address, int count, bool isIn, bool isOut, out Span<byte> bytes)
    {
        bytes = default;
        int pieces = (isIn ? 1 : 0) + (isOut ? 1 : 0);
        if ((isIn && count > MaxBytes - _inUsed) || (isOut && count > MaxBytes - _outUsed) || pieces > MaxPieces - _inPieces - _outPieces)
            return Refuse(Errno.ENOMEM);
        var piece = new CharIoctlPiece(address, (ulong)count);
        if (isIn)
            _pieces[_inPieces++] = piece;
        if (isOut)
            _pieces[MaxPieces + _outPieces++] = piece;

        bool isThere = (!isIn || count <= _in.Length - _inUsed) && (!isOut || count <= _out.Length - _outUsed);
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

    // By place: the kernel has copied what lies at the argument, and will copy nothing else.
    private bool TryFind(ulong address, int count, bool isIn, bool isOut, out Span<byte> bytes)
    {
        bytes = default;
        ulong offset = unchecked(address - Argument);
        if (offset > MaxBytes || (isIn && count > _in.Length - (int)offset) || (isOut && count > _out.Length - (int)offset))
            return Refuse(Errno.ENOTTY);

        // What the caller gave stands where nothing is written: the kernel copies back from the start.
        if (isOut && _outUsed == 0)
            _in[..Math.Min(_in.Length, _out.Length)].CopyTo(_out);
        bytes = (isOut ? _out : _in).Slice((int)offset, count);
        if (isOut && !isIn)
            bytes.Clear();
        _outUsed = isOut ? Math.Max(_outUsed, (int)offset + count) : _outUsed;
        return true;
    }

    private bool Refuse(Errno error)
    {
        (Refusal, NeedsMore) = (error, false);
        return false;
    }
}
