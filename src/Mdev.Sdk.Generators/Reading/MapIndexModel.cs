namespace Mdev.Sdk.Generators.Reading;

/// <summary>An enum that names the registers of an array.</summary>
/// <param name="Type">The enum, fully qualified.</param>
/// <param name="Visibility">What a method that takes it can be at most; null where none outside of the block can take it.</param>
/// <param name="Names">Its members.</param>
internal sealed record MapIndexModel(string Type, string? Visibility, MapTypeModel Names);
