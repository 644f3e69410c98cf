using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Nothing that a guest could read or write, where the register is not for reading.</summary>
[BitFields(AccessWidth.Dword)]
[Reserved(31, 0)]
public partial struct Unused;
