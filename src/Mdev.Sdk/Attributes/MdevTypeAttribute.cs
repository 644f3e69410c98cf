namespace Mdev.Sdk;

/// <summary>
/// Declares a type that the parent offers. Put it on a static property of the parent whose type is the parent's
/// <c>TConfig</c>; its value is handed to the constructor of every device of this type.
/// </summary>
/// <param name="name">The second half of the type's id (<c>1</c> in <c>mtty-1</c>); same characters as the parent's name.</param>
/// <param name="prettyName">What people read, the <c>name</c> file of the kernel's sysfs.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MdevTypeAttribute(string name, string prettyName) : Attribute
{
    /// <summary>The second half of the type's id.</summary>
    public string Name { get; } = name;

    /// <summary>What people read.</summary>
    public string PrettyName { get; } = prettyName;

    /// <summary>What one instance takes of the parent's <see cref="MdevParentAttribute.Capacity"/>; at least 1.</summary>
    public long Cost { get; set; } = 1;

    /// <summary>
    /// What else is to be said of the type, the <c>description</c> file of the kernel's sysfs; several lines are parted by <c>\n</c>.
    /// <see langword="null"/>: there is no such file.
    /// </summary>
    public string? Description { get; set; }
}
