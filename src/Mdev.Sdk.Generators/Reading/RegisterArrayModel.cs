namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[RegisterArray]</c>.</summary>
/// <param name="Property">The declaration to complete.</param>
/// <param name="Element">
/// One register, at the offset of the first; its storage is the element at the local <c>at</c>.
/// </param>
/// <param name="Count">Number of registers.</param>
/// <param name="Stride">Bytes from one to the next; a multiple of the bus or a divisor of it.</param>
internal sealed record RegisterArrayModel(PartialProperty Property, RegisterModel Element, int Count, uint Stride)
{
    public string Name => Element.Name;

    public uint Offset => Element.Offset;

    public long End => Offset + (Stride * (long)(Count - 1)) + Element.Type.Bytes;
}
