namespace Mdev.Sdk;

/// <summary>
/// The device, or the register block, has a character device on the host: its file operations are the methods with
/// <see cref="OnCharReadAttribute"/> and its like. It is served where the host program's <c>--bridge</c> says so. Those of blocks
/// inside of a block are the device's too.
/// </summary>
/// <remarks>
/// The class is partial; its generated part has <c>private WaitQueueHead CharQueue</c>, whose <see cref="WaitQueueHead.WakeUp"/> is called after
/// each change that may let somebody on who was told <see cref="CharFile.WouldBlock"/>.
/// </remarks>
/// <param name="name">
/// The node's name below /dev: 1 to 64 of the characters A-Z a-z 0-9 . _ - when it is filled in; <c>{uuid}</c> is the instance's UUID,
/// <c>{short}</c> its first eight digits, <c>{n}</c> counts the nodes of this name that the instance has, from 0.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CharDeviceAttribute(string name) : Attribute
{
    /// <summary>The node's name.</summary>
    public string Name { get; } = name;
}
