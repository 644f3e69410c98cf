namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>An attribute, as it is now.</summary>
/// <param name="Name">Its name; one with a <c>/</c> stands in a folder of the tree.</param>
/// <param name="IsReadable">Whether it can be shown.</param>
/// <param name="IsWritable">Whether it can be stored.</param>
/// <param name="Value">What it shows; <see langword="null"/> where it cannot be read.</param>
/// <param name="Error">Why reading it failed.</param>
internal sealed record AttributeInfo(
    string Name, bool IsReadable, bool IsWritable, string? Value = null, ControlError? Error = null);
