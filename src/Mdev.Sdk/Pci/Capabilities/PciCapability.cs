using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>
/// A capability structure in config space: an ID, the place of the next one, and what belongs to it. Called on the device's lock.
/// </summary>
/// <param name="id">Capability ID: 8 bits, of an extended one 16.</param>
/// <param name="size">Bytes, header included.</param>
/// <param name="wanted">Offset that the data sheet gives; 0 for the next free one.</param>
internal abstract class PciCapability(ushort id, int size, int wanted)
{
    public ushort Id { get; } = id;

    public int Size { get; } = size;

    public int Wanted { get; } = wanted;

    /// <summary>Whether it lies behind the first 256 bytes. Source: PCI Express Base 5.0, section 7.6.</summary>
    public virtual bool IsExtended => false;

    /// <summary>Of an extended capability.</summary>
    public virtual byte Version => 1;

    /// <summary>Whether <see cref="Read"/> or <see cref="Write"/> does anything.</summary>
    public virtual bool IsLive => false;

    /// <summary>Whether config space of a device that has it is that of PCI Express.</summary>
    public virtual bool NeedsExpress => IsExtended;

    /// <summary>Where it lies.</summary>
    public int Offset { get; set; }

    /// <summary>Where it ends.</summary>
    public int End => Offset + Size;

    /// <summary>Sets reset values and write masks; the header is there already.</summary>
    public virtual void Declare(ConfigSpace space) { }

    /// <summary>The guest reads bytes of it: those that are not stored are put in.</summary>
    /// <param name="space">The config space.</param>
    /// <param name="inside">Where in the capability the bytes begin.</param>
    /// <param name="bytes">As they are stored.</param>
    public virtual void Read(ConfigSpace space, int inside, Span<byte> bytes) { }

    /// <summary>The guest wrote bytes of it, which are stored as far as they are writable.</summary>
    public virtual void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes) { }

    /// <summary>A read without side effects.</summary>
    public virtual void Peek(ConfigSpace space, int inside, Span<byte> bytes) => Read(space, inside, bytes);

    /// <summary>A write as device code does it.</summary>
    public virtual void Poke(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes) { }

    /// <summary>Config space has its reset values again.</summary>
    public virtual void Reset(ConfigSpace space, ResetKind kind) { }

    /// <summary>Writes what it remembers beside its stored bytes.</summary>
    public virtual void SaveState(StateWriter writer) { }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote, as the reader says. Tells nobody.</summary>
    /// <param name="values">Its stored bytes, as they are in the saved state.</param>
    /// <param name="reader">Where from.</param>
    public virtual void LoadState(ReadOnlySpan<byte> values, ref StateReader reader) { }

    /// <summary>The vendor's register that an access would meet now; <see langword="null"/> for none.</summary>
    public virtual string? NameAt(int inside, bool write) => null;

    /// <summary>Its registers, where the vendor declares any, with their place in config space.</summary>
    public virtual IEnumerable<PlacedBlock> Blocks => [];

    public virtual void Dump(TextWriter writer) { }

    public virtual void Close() { }

    /// <summary>Whether an access that begins at <paramref name="inside"/> touches a byte.</summary>
    protected static bool Touches(int inside, int count, int first, int length = 1) => inside < first + length && first < inside + count;
}
