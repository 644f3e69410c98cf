namespace Mdev.Sdk;

/// <summary>
/// Part of the device's state, beside its registers: <see cref="Device.VfioDevice.SaveState"/> writes it and
/// <see cref="Device.VfioDevice.TryLoadState"/> restores it. Put it on a field or auto-property of a class with
/// <see cref="RegisterBlockAttribute"/>, <see cref="PciDeviceAttribute"/> or <see cref="VfioDeviceAttribute"/>.
/// </summary>
/// <remarks>
/// Of an integer, <see cref="bool"/>, <see cref="char"/>, enum, floating-point number, <see cref="BitFieldsAttribute"/> struct,
/// <see cref="Guid"/> or <see cref="string"/>, or an array of those. An array that cannot be assigned keeps its length. Registers, and
/// blocks inside of a block, are saved without being asked.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SavedAttribute : Attribute;
