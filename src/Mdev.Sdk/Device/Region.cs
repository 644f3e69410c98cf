using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>A region of a device as VFIO numbers them. Called on the device's lock, with accesses inside its bounds.</summary>
internal abstract class Region(ulong size)
{
    /// <summary>Bytes; at least 1.</summary>
    public ulong Size { get; } = size;

    /// <summary>What of it a client may map; <see langword="null"/> where every access comes here.</summary>
    public RegionMapping? Mapping { get; set; }

    /// <summary>What it is, where its index alone does not say it, and which way it is used.</summary>
    public RegionTraits Traits { get; set; }

    public abstract void Read(ulong offset, Span<byte> destination);

    public abstract void Write(ulong offset, ReadOnlySpan<byte> source);

    /// <summary>
    /// The bytes themselves of an access, where it does nothing but copy them, and off the device's lock at that, as that of a client
    /// that has mapped them; empty where it does more. Counts as the access.
    /// </summary>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="count">Bytes; all are inside.</param>
    /// <param name="write">Which way.</param>
    public virtual Span<byte> Reach(ulong offset, int count, bool write) => default;

    /// <summary>A read without side effects.</summary>
    public virtual void Peek(ulong offset, Span<byte> destination) => Read(offset, destination);

    /// <summary>A write as device code does it: every bit takes the value, nothing else happens.</summary>
    public virtual void Poke(ulong offset, ReadOnlySpan<byte> source) => Write(offset, source);

    public abstract void Reset(ResetKind kind);

    /// <summary>Writes a line for each register that can be read; nothing where there are none.</summary>
    public virtual void Dump(TextWriter writer) { }

    /// <summary>The register that an access would meet now; <see langword="null"/> for none.</summary>
    public virtual string? NameAt(ulong offset, bool write) => null;

    /// <summary>The register blocks in it, by offset.</summary>
    /// <param name="origin">Where the region begins in the one that a guest knows.</param>
    public virtual IEnumerable<PlacedBlock> BlocksFrom(ulong origin) => [];

    /// <summary>What is in it beside register blocks, by offset.</summary>
    /// <param name="origin">Where the region begins in the one that a guest knows.</param>
    public virtual IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => [];

    /// <summary>Writes what it remembers.</summary>
    public virtual void SaveState(StateWriter writer) { }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote, as the reader says.</summary>
    public virtual void LoadState(ref StateReader reader) { }

    /// <summary>Lets go of what the vendor's part of the region holds.</summary>
    public virtual void End() { }
}
