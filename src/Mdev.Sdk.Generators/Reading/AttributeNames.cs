namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the generator knows of Mdev.Sdk by name; a test resolves each against the runtime.</summary>
internal static class AttributeNames
{
    public const string RegisterBlock = "Mdev.Sdk.RegisterBlockAttribute";
    public const string Register = "Mdev.Sdk.RegisterAttribute";
    public const string OnRead = "Mdev.Sdk.OnReadAttribute";
    public const string OnWrite = "Mdev.Sdk.OnWriteAttribute";
    public const string OnReset = "Mdev.Sdk.OnResetAttribute";
    public const string BitFields = "Mdev.Sdk.BitFieldsAttribute";
    public const string Bits = "Mdev.Sdk.BitsAttribute";
    public const string Reserved = "Mdev.Sdk.ReservedAttribute";
    public const string Unimplemented = "Mdev.Sdk.UnimplementedAttribute";
    public const string Alias = "Mdev.Sdk.AliasAttribute";
    public const string Block = "Mdev.Sdk.BlockAttribute";
    public const string RegisterArray = "Mdev.Sdk.RegisterArrayAttribute";
    public const string IndexData = "Mdev.Sdk.IndexDataAttribute";
    public const string InterruptStatus = "Mdev.Sdk.InterruptStatusAttribute";
    public const string PciDevice = "Mdev.Sdk.PciDeviceAttribute";
    public const string ConfigData = "Mdev.Sdk.ConfigDataAttribute";
    public const string Bar = "Mdev.Sdk.BarAttribute";
    public const string IntX = "Mdev.Sdk.IntXAttribute";
    public const string Msi = "Mdev.Sdk.MsiAttribute";
    public const string MsiX = "Mdev.Sdk.MsiXAttribute";
    public const string MsiXTable = "Mdev.Sdk.MsiXTableAttribute";
    public const string MsiCapability = "Mdev.Sdk.MsiCapabilityAttribute";
    public const string PowerManagement = "Mdev.Sdk.PowerManagementAttribute";
    public const string PciExpress = "Mdev.Sdk.PciExpressAttribute";
    public const string VendorCapability = "Mdev.Sdk.VendorCapabilityAttribute";
    public const string SerialNumber = "Mdev.Sdk.SerialNumberAttribute";
    public const string Capability = "Mdev.Sdk.CapabilityAttribute";
    public const string ExtendedCapability = "Mdev.Sdk.ExtendedCapabilityAttribute";
    public const string ExpansionRom = "Mdev.Sdk.ExpansionRomAttribute";
    public const string Region = "Mdev.Sdk.RegionAttribute";
    public const string VfioDevice = "Mdev.Sdk.VfioDeviceAttribute";
    public const string Irq = "Mdev.Sdk.IrqAttribute";
    public const string Saved = "Mdev.Sdk.SavedAttribute";
    public const string NotSaved = "Mdev.Sdk.NotSavedAttribute";
    public const string MdevParent = "Mdev.Sdk.MdevParentAttribute";
    public const string MdevType = "Mdev.Sdk.MdevTypeAttribute";
    public const string MdevBudget = "Mdev.Sdk.MdevBudgetAttribute";
    public const string MdevCost = "Mdev.Sdk.MdevCostAttribute";
    public const string MdevAttribute = "Mdev.Sdk.MdevAttributeAttribute";
    public const string AttributesInterface = "Mdev.Sdk.IMdevAttributes";
    public const string CharDevice = "Mdev.Sdk.CharDeviceAttribute";
    public const string OnCharOpen = "Mdev.Sdk.OnCharOpenAttribute";
    public const string OnCharRead = "Mdev.Sdk.OnCharReadAttribute";
    public const string OnCharWrite = "Mdev.Sdk.OnCharWriteAttribute";
    public const string OnCharPoll = "Mdev.Sdk.OnCharPollAttribute";
    public const string OnCharIoctl = "Mdev.Sdk.OnCharIoctlAttribute";
    public const string OnCharInterrupt = "Mdev.Sdk.OnCharInterruptAttribute";
    public const string OnCharRelease = "Mdev.Sdk.OnCharReleaseAttribute";

    public const string PciDeviceBase = "Mdev.Sdk.Pci.PciDevice";
    public const string RomImage = "Mdev.Sdk.Pci.RomImage";
    public const string VfioDeviceBase = "Mdev.Sdk.Device.VfioDevice";
    public const string DeviceMemory = "Mdev.Sdk.Device.DeviceMemory";
    public const string InterruptLine = "Mdev.Sdk.Interrupts.InterruptLine";
    public const string RegisterBlockInterface = "Mdev.Sdk.Registers.IRegisterBlock";
    public const string GuestAccess = "Mdev.Sdk.Registers.GuestAccess";
    public const string ResetKind = "Mdev.Sdk.Registers.ResetKind";
    public const string RegisterArrayOf = "Mdev.Sdk.Registers.RegisterArray`1";
    public const string RegisterArrayOfIndex = "Mdev.Sdk.Registers.RegisterArray`2";
    public const string CharFile = "Mdev.Sdk.CharFile";
    public const string CharIoctl = "Mdev.Sdk.CharIoctl";
    public const string PollEvents = "Mdev.Sdk.PollEvents";
    public const string MdevParentBase = "Mdev.Sdk.MdevParent`2";
}
