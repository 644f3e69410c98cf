namespace Mdev.Sdk.Generators.Reading;

/// <summary>A <c>[ConfigData]</c>: bytes, or the text that stands for them.</summary>
internal sealed record ConfigDataModel(int Offset, EquatableArray<byte> Bytes, string? Text);
