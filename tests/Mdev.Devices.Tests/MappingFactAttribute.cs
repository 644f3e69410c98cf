namespace Mdev.Devices.Tests;

/// <summary>A test that maps, which over vfio-user needs nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MappingFactAttribute : FactAttribute;
