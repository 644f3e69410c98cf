namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[RegisterArray]</c>, or another address of it.</summary>
/// <param name="Property">The declaration to complete.</param>
/// <param name="Element">
/// One register, at the offset of the first; its storage is the element at the local <c>at</c>.
/// </param>
/// <param name="Count">Number of registers.</param>
/// <param name="Stride">Bytes from one to the next; a multiple of the registers' width.</param>
internal sealed record RegisterArrayModel(PartialProperty Property, RegisterModel Element, int Count, uint Stride)
{
    /// <summary>The enum that names the registers, fully qualified; null for numbers.</summary>
    public string? Index { get; init; }

    /// <summary>Whether it has an address; windows may be all that it has.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>Value of each register after reset, where they differ; else empty.</summary>
    public EquatableArray<ulong> Resets { get; init; }

    public string Name => Element.Name;

    public uint Offset => Element.Offset;

    public bool IsAlias => Element.IsAlias;

    public long End => Offset + (Stride * (long)(Count - 1)) + Element.Type.Bytes;

    /// <summary>Whether its registers lie in whole lanes or fill lanes from the first one's start: neither gaps nor borders vary.</summary>
    public bool IsRegular(uint bus) => Stride % bus == 0 || (bus % Stride == 0 && Offset % bus == 0);

    /// <summary>A name of one register in generated code, where <paramref name="number"/> says which.</summary>
    public string NameOf(string number) => $"{Name}[{{{(Index is null ? number : $"({Index})({number})")}}}]";
}
