namespace Mdev.Sdk.Generators.Reading;

/// <summary>How an attribute's value is text.</summary>
internal enum MdevAttributeKind
{
    Text,
    Bool,
    Integer,
    Enum,
    Guid,
    Lines,
}
