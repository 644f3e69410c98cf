namespace Mdev.Sdk.Generators.Reading;

/// <summary>Bits with <c>[Reserved]</c> or <c>[Unimplemented]</c>.</summary>
/// <param name="Mask">The bits.</param>
/// <param name="Value">What a guest must write to them, at their place; null for what they hold.</param>
/// <param name="Reason">What is not implemented; null for reserved bits.</param>
internal sealed record WatchedBits(ulong Mask, ulong? Value, string? Reason)
{
    public bool IsReserved => Reason is null;
}
