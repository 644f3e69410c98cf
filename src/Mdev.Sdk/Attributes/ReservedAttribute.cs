namespace Mdev.Sdk;

/// <summary>
/// Says that bits are reserved: of a <see cref="BitFieldsAttribute"/> struct, or of one register (<see cref="RegisterAttribute"/>,
/// <see cref="RegisterArrayAttribute"/>). A guest's write never changes them, nor does its reading; they keep the value they have after
/// reset. A write that would have changed them is counted, and logged once by register and bits.
/// </summary>
/// <remarks>
/// What other bits of the same write do, they do. Device code's own access is raw and reaches reserved bits too. At an
/// <see cref="AliasAttribute"/> with an access of its own, which takes ones or zeros for commands, they are left alone and
/// not watched.
/// </remarks>
/// <example>
/// <code>
/// [BitFields(AccessWidth.Byte), Reserved(7, 4), Reserved(3, 2, Value = 0b01)]
/// public partial struct LineControl
/// {
///     [Bits(1, 0)] public partial int WordLength { readonly get; set; }
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Property, AllowMultiple = true)]
public sealed class ReservedAttribute : Attribute
{
    /// <summary>One bit.</summary>
    /// <param name="bit">0 is the least significant bit.</param>
    public ReservedAttribute(int bit) => (High, Low) = (bit, bit);

    /// <summary>Several bits, written as data sheets do: <c>[Reserved(31, 16)]</c>.</summary>
    /// <param name="high">The most significant bit.</param>
    /// <param name="low">The least significant bit.</param>
    public ReservedAttribute(int high, int low) => (High, Low) = (high, low);

    /// <summary>The most significant bit.</summary>
    public int High { get; }

    /// <summary>The least significant bit.</summary>
    public int Low { get; }

    /// <summary>
    /// The value that a guest must write, counted from <see cref="Low"/>; the bits have it after reset, whatever
    /// <see cref="RegisterAttribute.Reset"/> says. If not given, a guest must write what it reads: the register's reset value.
    /// </summary>
    public ulong Value { get; set; }
}
