namespace Mdev.Sdk;

/// <summary>An attribute and what it is to be, one of an ordered list.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Value">The text, without a trailing new line.</param>
public readonly record struct AttributeValue(string Name, string Value);
