namespace Mdev.Sdk;

/// <summary>An attribute of a parent, a type or an instance. Source: the kernel's driver attributes, <c>dev_groups</c>.</summary>
/// <param name="Name">The file's name; one '/' may stand between a group and the name in it.</param>
/// <param name="IsReadable">Whether it has a value to show.</param>
/// <param name="IsWritable">Whether it takes a value.</param>
/// <param name="Undo">
/// The attribute that takes back what this one did: a command, given the same value, or one that can be read, given what it was before;
/// <see langword="null"/> if none does.
/// </param>
public sealed record MdevAttributeInfo(string Name, bool IsReadable, bool IsWritable, string? Undo = null);
