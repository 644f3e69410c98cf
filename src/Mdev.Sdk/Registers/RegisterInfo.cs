using System.Globalization;

namespace Mdev.Sdk.Registers;

/// <summary>A register, or an array of equal ones, as its block declares it: what a data sheet says of it.</summary>
public sealed class RegisterInfo
{
    private readonly RegisterField[] _fields = [];
    private RegisterField[]? _placed;

    /// <summary>A register whose bits all have one access.</summary>
    /// <param name="name">As in logs and traces.</param>
    /// <param name="offset">Bytes from the start of the block.</param>
    /// <param name="width">8, 16, 32 or 64 bits.</param>
    /// <param name="access">What a guest's access does to every bit.</param>
    /// <param name="reset">Value after reset; <see langword="null"/> where a handler stands in for storage.</param>
    public RegisterInfo(string name, uint offset, int width, Access access, ulong? reset = null)
        : this(name, offset, width, [new AccessBits(access, ulong.MaxValue >> (64 - width))], reset)
    {
    }

    /// <summary>A register whose bits differ in access.</summary>
    /// <param name="name">As in logs and traces.</param>
    /// <param name="offset">Bytes from the start of the block.</param>
    /// <param name="width">8, 16, 32 or 64 bits.</param>
    /// <param name="access">Each access with its bits; every bit of the register is in one of them.</param>
    /// <param name="reset">Value after reset; <see langword="null"/> where a handler stands in for storage.</param>
    public RegisterInfo(string name, uint offset, int width, AccessBits[] access, ulong? reset = null) =>
        (Name, Offset, Width, AccessByBits, Reset) = (name, offset, width, access, reset);

    /// <summary>The property's name, or what the author calls it in <c>Name</c>. Not always unique: banks may repeat one.</summary>
    public string Name { get; }

    /// <summary>Bytes from the start of the block; of an array, to its first register. 0 without an address (<see cref="IsPlaced"/>).</summary>
    public uint Offset { get; }

    /// <summary>Whether it has an address: <see langword="false"/> for an array that is only behind index and data pairs.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>8, 16, 32 or 64 bits.</summary>
    public int Width { get; }

    /// <summary>All that a guest's access does to any bit.</summary>
    public Access Access => AccessByBits.Aggregate(Access.Default, (all, a) => all | a.Access);

    /// <summary>Each access with the bits that have it, from the lowest bit on: one entry where all bits are alike.</summary>
    public IReadOnlyList<AccessBits> AccessByBits { get; }

    /// <summary>
    /// Value after reset; <see langword="null"/> where a handler stands in for storage. Of an array: of every register, or of the first one
    /// where they differ (<see cref="Resets"/>).
    /// </summary>
    public ulong? Reset { get; }

    /// <summary>Value of each register of an array after reset, where they differ; else empty.</summary>
    public IReadOnlyList<ulong> Resets { get; init; } = [];

    /// <summary>Which resets restore it.</summary>
    public ResetOn ResetOn { get; init; }

    /// <summary>Number of registers; 1 for a register of its own.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Bytes from one register of an array to the next; 0 for a register of its own.</summary>
    public uint Stride { get; init; }

    /// <summary>Whether it is an array of registers, <c>Table[0]</c> and on.</summary>
    public bool IsArray => Stride != 0;

    /// <summary>The names of an array's registers, by their numbers: the members of its index enum. Empty where it has none.</summary>
    public IReadOnlyList<NamedValue> Names { get; init; } = [];

    /// <summary>How it stays one value if it is wider than its block's bus.</summary>
    public Split Split { get; init; }

    /// <summary>
    /// Of a data register: the index and data pair that it belongs to. It is one more address (<see cref="AliasOf"/>) of that register of the
    /// array that the index says. <see langword="null"/> for any other register.
    /// </summary>
    public IndexDataInfo? IndexData { get; init; }

    /// <summary>When it is there: <c>when Dlab</c>, <c>unless Locked</c>, <c>when Page is 2</c>. Empty if always.</summary>
    public string Condition { get; init; } = "";

    /// <summary>
    /// Whether a look without side effects shows what a guest would read: <see langword="false"/> where a read handler is not
    /// <see cref="OnReadAttribute.Pure"/>, so that a look shows what is stored, or zero.
    /// </summary>
    public bool CanPeek { get; init; } = true;

    /// <summary>The member of the block without which a guest's write changes nothing; empty if there is no such gate.</summary>
    public string WritableWhen { get; init; } = "";

    /// <summary>The register whose second address this is; empty if it is one by itself.</summary>
    public string AliasOf { get; init; } = "";

    /// <summary>Its fields in source order; empty where it is a plain number.</summary>
    public IReadOnlyList<RegisterField> Fields
    {
        get => _placed ??= [.. _fields.Select(f => f.In(AccessByBits, Reset ?? 0))];
        init => _fields = [.. value];
    }

    /// <summary>Reserved bits, and those that are not implemented; none of them is in two entries.</summary>
    public IReadOnlyList<WatchedBits> Watched { get; init; } = [];

    /// <summary>The values of the whole register that have names: the members of its enum.</summary>
    public IReadOnlyList<NamedValue> Values { get; init; } = [];

    /// <summary>The author's summary; empty without one.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether a guest's read meets it.</summary>
    public bool CanRead => (Access & Access.R) != 0;

    /// <summary>Whether a guest's write meets it.</summary>
    public bool CanWrite => (Access & ~(Access.R | Access.RC | Access.RS)) != 0;

    /// <summary>The bits whose access has all of <paramref name="access"/>.</summary>
    public ulong BitsWith(Access access) =>
        AccessByBits.Where(a => (a.Access & access) == access).Aggregate(0ul, (all, a) => all | a.Bits);

    /// <summary>Offset of one register of an array.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public uint OffsetOf(int index) => Offset + ((uint)index * Stride);

    /// <summary>Value of one register of an array after reset; <see langword="null"/> where a handler stands in for storage.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ulong? ResetOf(int index) => Resets.Count > 0 ? Resets[index] : Reset;

    /// <summary>One register of an array as logs and traces call it: <c>V[Id]</c>, or <c>Table[3]</c> where it has no name.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public string NameOf(int index) =>
        $"{Name}[{Names.FirstOrDefault(n => n.Value == (ulong)index)?.Name ?? index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>
    /// A value as people read it: <c>Run = true, Mode = Fast (0x2)</c>; empty where neither a field nor a value has a name.
    /// </summary>
    /// <param name="value">The register's value.</param>
    public string Decode(ulong value) => Fields.Count > 0
        ? string.Join(", ", Fields.Select(f => $"{f.Name} = {f.Decode(value)}"))
        : Values.Count > 0 ? RegisterField.Text(value, Values, combines: false) : "";

    /// <inheritdoc/>
    public override string ToString() => IndexData is { } pair ? $"{Name}[{pair.Index}]" : IsArray ? $"{Name}[{Count}]" : Name;

    /// <summary>Why the whole of it is not implemented; <see langword="null"/> if it is, or some of it is.</summary>
    internal string? NotImplemented => Watched.FirstOrDefault(w => !w.IsReserved && w.Mask == ulong.MaxValue >> (64 - Width))?.Reason;

    /// <summary>Whether that is one of an array's registers: a name, or a number.</summary>
    internal bool HasElement(string index) => Names.Any(n => n.Name == index && n.Value < (ulong)Count)
        || (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Count);
}
