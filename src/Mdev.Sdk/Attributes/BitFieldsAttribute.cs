namespace Mdev.Sdk;

/// <summary>
/// Makes a <c>partial struct</c> the type of a register with named fields, each a partial property with
/// <see cref="BitsAttribute"/>. The struct holds the whole value and converts explicitly to and from its integer type.
/// </summary>
/// <example>
/// <code>
/// [BitFields(AccessWidth.Byte)]
/// public partial struct LineControl
/// {
///     [Bits(1, 0)] public partial int WordLength { readonly get; set; }
///     [Bits(7)] public partial bool DivisorLatchAccess { readonly get; set; }
/// }
/// </code>
/// </example>
/// <param name="width">Width of the whole register.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class BitFieldsAttribute(Registers.AccessWidth width) : Attribute
{
    /// <summary>Width of the whole register.</summary>
    public Registers.AccessWidth Width { get; } = width;
}
