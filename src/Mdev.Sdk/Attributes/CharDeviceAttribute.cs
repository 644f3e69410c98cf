namespace Mdev.Sdk;

/// <summary>
/// The device, or the register block, has a character device on the host: its file operations are the methods with
/// <see cref="OnCharReadAttribute"/> and its like. It is served where the host program's <c>--bridge</c> says so.
/// </summary>
/// <param name="name">
/// The node's name below /dev, 1 to 64 characters without a slash; <c>{uuid}</c> is the instance's UUID, <c>{short}</c> its first eight
/// digits, <c>{n}</c> counts the nodes of this name that the instance has, from 0.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CharDeviceAttribute(string name) : Attribute
{
    /// <summary>The node's name.</summary>
    public string Name { get; } = name;
}
