namespace Mdev.Sdk;

/// <summary>What a set of attributes belongs to: an instance, a type, a parent.</summary>
internal interface IAttributeHome
{
    /// <summary>Attributes were set. Outside of the set's lock.</summary>
    void AttributesChanged();

    /// <summary>The vendor's code threw what it should not.</summary>
    void AttributeThrew(Exception exception, string attribute);
}
