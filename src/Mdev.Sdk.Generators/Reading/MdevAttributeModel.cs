namespace Mdev.Sdk.Generators.Reading;

/// <summary>A member with <c>[MdevAttribute]</c>.</summary>
/// <param name="Name">The attribute's.</param>
/// <param name="Member">As code reaches it, <c>this.Speed</c>.</param>
/// <param name="IsMethod">Whether it is called.</param>
/// <param name="Value">What it reads or takes.</param>
/// <param name="IsReadable">Whether it can be read.</param>
/// <param name="IsWritable">Whether it can be written.</param>
/// <param name="Undo">The command that takes the same value to undo it; null without one.</param>
internal sealed record MdevAttributeModel(
    string Name, string Member, bool IsMethod, MdevAttributeValue Value, bool IsReadable, bool IsWritable, string? Undo)
{
    /// <summary>Whether nothing tells its value.</summary>
    public bool IsCommand => IsWritable && !IsReadable;
}
