using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Dma;

/// <summary>Who is using a mapping, and its end: what has been unmapped goes when the last lease has been returned.</summary>
internal sealed partial class DmaMapping
{
    // One word, so that taking a lease and finding the mapping removed are one step: a removed one is negative.
    private const int Removed = int.MinValue;
    private const int Held = 1 << 30;
    private const int Released = 1 << 29;
    private const int LeaseMask = Released - 1;

    private int _state;
    private GuestMemory? _memory;
    private int _reported;
    private bool _revoked;

    /// <summary>Whether the client has taken it back.</summary>
    public bool IsRemoved => Volatile.Read(ref _state) < 0;

    /// <summary>Whether leases are out.</summary>
    public bool IsInUse => (Volatile.Read(ref _state) & LeaseMask) != 0;

    /// <summary>Whether memory of nobody's stands in its place, since its leases were not returned in time.</summary>
    public bool IsRevoked => Volatile.Read(ref _revoked);

    /// <summary>Whether it is a part of a memory.</summary>
    public bool IsOf(GuestMemory memory) => ReferenceEquals(_memory, memory);

    /// <summary>Becomes a part of a memory, and so maps its file into this process if it can.</summary>
    /// <returns>Why a shared one is not mapped; empty if it is.</returns>
    public unsafe string Attach(GuestMemory memory)
    {
        _memory = memory;
        string reason = "";
        if (File is null || Protection == DmaProtection.None)
            return reason;
        int protection = (Allows(DmaProtection.Read) ? Libc.PROT_READ : Libc.PROT_NONE)
            | (Allows(DmaProtection.Write) ? Libc.PROT_WRITE : Libc.PROT_NONE);
        _host = SharedMapping.TryMap(File, Offset, Size, protection, out reason);
        _start = _host is null ? null : _host.Start;
        return reason;
    }

    /// <summary>Takes a lease: until it is returned, the memory stays where it is.</summary>
    /// <returns><see langword="false"/> if the mapping has been removed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLease()
    {
        if (Interlocked.Increment(ref _state) > 0)
            return true;
        Return();
        return false;
    }

    /// <summary>Takes another lease; the caller has one.</summary>
    public void LeaseAgain() => Interlocked.Increment(ref _state);

    /// <summary>Returns a lease.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return()
    {
        int state = Interlocked.Decrement(ref _state);
        if (state < 0 || (state == 0 && _memory!.IsDraining))
            Returned(state);
    }

    /// <summary>Returns a lease of a span, through which anything may have happened.</summary>
    public void ReturnSpan()
    {
        if (IsBroken)
            _memory!.ReportBroken(this);
        Return();
    }

    /// <summary>No lease is taken from now on. The caller holds the mapping until it calls <see cref="LetGo"/>.</summary>
    public void Remove() => Interlocked.Or(ref _state, Removed | Held);

    /// <summary>Ends the caller's hold: the memory goes, or will with the last lease.</summary>
    public void LetGo()
    {
        if ((Interlocked.And(ref _state, ~Held) & ~Held) == Removed)
            Release();
    }

    /// <summary>Puts memory of nobody's in its place. The caller holds the mapping.</summary>
    /// <returns><see langword="false"/> if the system refuses, or a copy through the file is under way, which nothing can end.</returns>
    public bool Revoke()
    {
        Volatile.Write(ref _revoked, true);
        return _host is not null && _host.Revoke();
    }

    /// <summary>The first time only: whether this mapping has not been told about before.</summary>
    public bool IsNews() => Interlocked.Exchange(ref _reported, 1) == 0;

    private void Returned(int state)
    {
        // One more than were taken: a copy of a span has been disposed too.
        if (state == -1)
        {
            Interlocked.Increment(ref _state);
            ThrowReturnedTwice();
        }
        if ((state & LeaseMask) != 0)
            return;
        if (state == Removed)
            Release();
        _memory!.LeaseReturned(isRemoved: state < 0);
    }

    private void Release()
    {
        if (Interlocked.CompareExchange(ref _state, Removed | Released, Removed) != Removed)
            return;
        _memory?.Forget(this);
        _host?.Dispose();
        if (File is null)
            return;
        File.Dispose();
        ClientFiles.Remove();
    }

    [DoesNotReturn]
    private static void ThrowReturnedTwice() =>
        throw new InvalidOperationException("A lease of guest memory has been returned twice: dispose it in one place, and no copy of it.");
}
