namespace Mdev.Sdk.Generators.Reading;

/// <summary>A method that a guest's access runs.</summary>
/// <param name="Method">Its name as code spells it.</param>
/// <param name="TakesStored">Whether it gets what the register held before: <c>T M(T stored)</c>, <c>M(T old, T value)</c>.</param>
/// <param name="Returns">Whether it returns a value; always, for a read.</param>
/// <param name="Pure">Whether a look without side effects may call it.</param>
/// <param name="Index">The argument that says which register of an array it is; null for a register of its own.</param>
internal sealed record Handler(string Method, bool TakesStored, bool Returns, bool Pure = false, string? Index = null)
{
    /// <summary>Whether its last parameter is the access.</summary>
    public bool TakesAccess { get; init; }
}
