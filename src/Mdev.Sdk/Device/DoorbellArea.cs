using System.Globalization;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// Doorbells: values that a guest writes to say how far it is, many of them and often. Declared like a
/// <see cref="MemoryRegion"/>: <c>[Bar(0, BarKind.Memory64, Offset = 0x2000)] public DoorbellArea Doorbells { get; }</c>.
/// </summary>
/// <remarks>
/// <para>
/// A client that has mapped them rings without a call: device code looks now and then (<see cref="TryTake"/>). Where a client has not
/// mapped them, or <c>Mapped = false</c> says that it may not, each ring runs the handler at once. A device does both, as it does not
/// choose its client.
/// </para>
/// <para>Every reset makes them zero. Bytes between and behind the doorbells are memory that nobody looks at.</para>
/// </remarks>
public sealed partial class DoorbellArea : DeviceMemory
{
    private readonly int _stride;
    private readonly AccessWidth _width;
    private readonly Action<int, ulong>? _rung;

    // What each held when it was last looked at, and where the next look begins: no doorbell keeps the others waiting.
    private readonly ulong[] _seen;
    private int _next;

    /// <summary>Declares doorbells.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="stride">Bytes from one to the next; a multiple of the width.</param>
    /// <param name="width">Of one doorbell.</param>
    /// <param name="rung">
    /// Runs on the device's lock when an access has written a doorbell, with its index and value. As any handler, it must not block; what
    /// it throws is logged and counted.
    /// </param>
    public DoorbellArea(int count, int stride, AccessWidth width = AccessWidth.Dword, Action<int, ulong>? rung = null)
        : base(SizeOf(count, stride, width))
    {
        (_stride, _width, _rung) = (stride, width, rung);
        _seen = new ulong[count];
    }

    /// <summary>
    /// Whether clients may ring by eventfds (VFIO_USER_DEVICE_GET_REGION_IO_FDS): for doorbells whose value does not matter, as an eventfd
    /// carries none, and the handler gets the one that was written last. With <c>Mapped = false</c> only; a client that does not ask for
    /// them rings by accesses as ever.
    /// </summary>
    public bool EventFds { get; init; }

    /// <summary>Where one lies.</summary>
    internal long OffsetOf(int index) => (long)index * _stride;

    /// <summary>Bytes of one.</summary>
    internal int Width => (int)_width;

    /// <summary>A client has rung one by its eventfd. On the device's lock.</summary>
    internal void Ring(VfioDevice device, int index)
    {
        _seen[index] = this[index];
        if (_rung is not null)
            device.RunGuarded(_rung, index, _seen[index]);
    }

    /// <summary>How many there are.</summary>
    public int Count => _seen.Length;

    /// <summary>What a doorbell holds now; of one piece, and no older than what a guest wrote before.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such doorbell.</exception>
    /// <exception cref="InvalidOperationException">The device is not served yet.</exception>
    public unsafe ulong this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_seen.Length)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"There are doorbells 0 to {_seen.Length - 1}.");
            byte* at = At((long)index * _stride, (int)_width);
            return _width switch
            {
                AccessWidth.Byte => Volatile.Read(ref *at),
                AccessWidth.Word => Volatile.Read(ref *(ushort*)at),
                AccessWidth.Dword => Volatile.Read(ref *(uint*)at),
                _ => Volatile.Read(ref *(ulong*)at),
            };
        }
    }

    /// <summary>
    /// Takes a doorbell whose value differs from when it was last taken, or rung by an access. Called until it finds none, it has found
    /// all. One that was written with the value it had cannot be told from one that was not. On the device's lock.
    /// </summary>
    /// <param name="index">Which.</param>
    /// <param name="value">What it holds.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidOperationException">The device is not served yet.</exception>
    public bool TryTake(out int index, out ulong value)
    {
        for (int looked = 0; looked < _seen.Length; looked++)
        {
            index = _next;
            _next = _next + 1 == _seen.Length ? 0 : _next + 1;
            value = this[index];
            if (value != _seen[index])
            {
                _seen[index] = value;
                return true;
            }
        }

        (index, value) = (-1, 0);
        return false;
    }

    // Clients map whole pages.
    internal override ulong Extent(bool mapped)
    {
        long page = Environment.SystemPageSize;
        return (ulong)(mapped ? (Size + page - 1) & ~(page - 1) : Size);
    }

    internal override PlacedMemory PlaceAt(ulong offset)
    {
        string kind = string.Create(CultureInfo.InvariantCulture, $"doorbells: {Count} of {8 * (int)_width} bits, {_stride} bytes apart");
        return new(offset, (ulong)Size, Name, IsMapped ? kind + "; clients may map them" : kind) { Count = Count, Stride = _stride };
    }

    internal override void Written(VfioDevice device, long offset, int count)
    {
        int last = (int)Math.Min((offset + count - 1) / _stride, _seen.Length - 1);
        for (int index = (int)Math.Min(offset / _stride, _seen.Length); index <= last; index++)
        {
            // The bytes behind the doorbell, up to the next one, ring nothing.
            if (offset >= ((long)index * _stride) + (int)_width)
                continue;
            _seen[index] = this[index];
            if (_rung is not null)
                device.RunGuarded(_rung, index, _seen[index]);
        }
    }

    internal override void Reset(ResetKind kind)
    {
        Clear();
        Array.Clear(_seen);
    }

    private static long SizeOf(int count, int stride, AccessWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (width is not (AccessWidth.Byte or AccessWidth.Word or AccessWidth.Dword or AccessWidth.Qword))
            throw new ArgumentOutOfRangeException(nameof(width), width, "A doorbell has 1, 2, 4 or 8 bytes.");
        if (stride < (int)width || stride % (int)width != 0)
            throw new ArgumentOutOfRangeException(nameof(stride), stride, $"Doorbells of {(int)width} bytes lie at multiples of their width.");
        return (long)count * stride;
    }
}
