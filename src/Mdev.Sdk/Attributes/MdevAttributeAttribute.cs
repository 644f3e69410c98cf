namespace Mdev.Sdk;

/// <summary>
/// Declares an attribute of the vendor's own: a file that management tools read and write beside the kernel's, of an instance, a
/// parent or a type. Put it on a property or method of a device, of a class with <see cref="MdevParentAttribute"/>, or of the parent's
/// <c>TConfig</c>, whichever accessibility it has; the class is <c>partial</c>.
/// </summary>
/// <remarks>
/// <para>
/// A property is readable if it has a getter and writable if it has a setter, a private one too. A method <c>T M()</c> is readable, a method
/// <c>void M(T value)</c> is a command that can only be written.
/// </para>
/// <para>
/// T is <see cref="string"/>; <see cref="bool"/> (reads 0 or 1; writes what begins as yes, no, true, false, on, off, 1 or 0 do); an integer
/// (written in decimal, 0x… or 0… as octal); an enum, by its names; <see cref="Guid"/>; or a listing of lines, an
/// <see cref="IEnumerable{T}"/> of strings, which to be written is that, an <see cref="IReadOnlyCollection{T}"/>, an
/// <see cref="IReadOnlyList{T}"/> or an array. What does not parse is refused with EINVAL and what does not fit with ERANGE before the
/// vendor's code runs. Source: Linux lib/kstrtox.c, as its documentation describes it.
/// </para>
/// <para>
/// That code refuses a value by an <see cref="MdevException"/>, whose errno reaches whoever wrote. Of a device it runs on the device's
/// lock, as for a guest's access, and interrupt lines follow it; so an attribute can change while a guest runs. Of a parent it runs
/// on the caller's thread, one use after another.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [MdevAttribute] public int Speed { get; set; } = 9600;                  // speed
/// [MdevAttribute("vendor/uptime")] private long Uptime() => ...           // a group "vendor" of one file
/// [MdevAttribute(Undo = "unassign_port")] private void AssignPort(byte port) => ...
/// [MdevAttribute(Undo = "assign_port")] private void UnassignPort(byte port) => ...
/// </code>
/// </example>
/// <param name="name">
/// 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, or two of those parted by a slash: a group and a name in it. Without it, the member's name in
/// snake_case.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class MdevAttributeAttribute(string? name = null) : Attribute
{
    /// <summary>The attribute's name; <see langword="null"/> for the member's in snake_case.</summary>
    public string? Name { get; } = name;

    /// <summary>
    /// Of a command: the name of the attribute that undoes it, when a later value of the same transaction is refused. It is either a
    /// command, which is given the same value, or can be read and written, and is given back the value it had before: that is the one to
    /// choose where a command may also find nothing to do. A command without it is not undone.
    /// </summary>
    public string? Undo { get; set; }
}
