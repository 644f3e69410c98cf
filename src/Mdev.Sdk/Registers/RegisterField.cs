using System.Globalization;

namespace Mdev.Sdk.Registers;

/// <summary>Named bits of a register: a property with <see cref="BitsAttribute"/>, or a member of a <c>[Flags]</c> enum.</summary>
/// <param name="name">The member's name.</param>
/// <param name="high">The most significant bit.</param>
/// <param name="low">The least significant bit.</param>
public sealed class RegisterField(string name, int high, int low)
{
    /// <summary>The member's name.</summary>
    public string Name { get; } = name;

    /// <summary>The most significant bit.</summary>
    public int High { get; } = high;

    /// <summary>The least significant bit.</summary>
    public int Low { get; } = low;

    /// <summary>Number of bits.</summary>
    public int Width => High - Low + 1;

    /// <summary>The bits at their place in the register.</summary>
    public ulong Mask => (ulong.MaxValue >> (64 - Width)) << Low;

    /// <summary>
    /// What a guest's access does to the field in the register that it is listed under; where its bits differ, what any of them has.
    /// </summary>
    public Access Access { get; init; }

    /// <summary>Value after reset in the register that it is listed under, not shifted.</summary>
    public ulong Reset { get; init; }

    /// <summary>Whether it is a <see cref="bool"/> rather than a number.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Whether <see cref="Values"/> can be combined: those of a <c>[Flags]</c> enum.</summary>
    public bool CombinesValues { get; init; }

    /// <summary>The values that have names: an enum's members. Empty for a flag and for a plain number.</summary>
    public IReadOnlyList<NamedValue> Values { get; init; } = [];

    /// <summary>The author's summary; empty without one.</summary>
    public string Description { get; init; } = "";

    /// <summary>The field's value in a register's.</summary>
    /// <param name="register">The whole register.</param>
    public ulong ValueIn(ulong register) => (register & Mask) >> Low;

    /// <summary>The field's value as people read it: <c>true</c>, a name, names joined by <c>|</c>, or a hexadecimal number.</summary>
    /// <param name="register">The whole register.</param>
    public string Decode(ulong register)
    {
        ulong value = ValueIn(register);
        return IsFlag ? (value != 0 ? "true" : "false") : Text(value, Values, CombinesValues);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>A value by its names, as far as it has any.</summary>
    internal static string Text(ulong value, IReadOnlyList<NamedValue> names, bool combines)
    {
        string number = "0x" + value.ToString("x", CultureInfo.InvariantCulture);
        foreach (NamedValue named in names)
        {
            if (named.Value == value)
                return $"{named.Name} ({number})";
        }

        if (!combines)
            return number;
        ulong left = value;
        var found = new List<string>();
        foreach (NamedValue named in names.Where(n => n.Value != 0 && (n.Value & value) == n.Value))
        {
            if ((left & named.Value) == 0)
                continue;
            found.Add(named.Name);
            left &= ~named.Value;
        }

        return left == 0 && found.Count > 0 ? $"{string.Join(" | ", found)} ({number})" : number;
    }

    /// <summary>The same in a register, whose access and reset value it takes.</summary>
    internal RegisterField In(IReadOnlyList<AccessBits> access, ulong reset) => new(Name, High, Low)
    {
        Access = access.Where(a => (a.Bits & Mask) != 0).Aggregate(Access.Default, (all, a) => all | a.Access),
        Reset = (reset & Mask) >> Low,
        IsFlag = IsFlag,
        CombinesValues = CombinesValues,
        Values = Values,
        Description = Description,
    };
}
