namespace Mdev.Sdk;

/// <summary>Where an instance is in its life. Source: drivers/vfio/mdev, `active`, which is false in all of these but one.</summary>
internal enum InstanceState
{
    /// <summary>Its UUID and its share are taken; nobody sees it.</summary>
    Creating,

    /// <summary>Complete, for everybody.</summary>
    Active,

    /// <summary>A remover waits for its users; it may become active again.</summary>
    Waiting,

    /// <summary>It is being taken down: there is no way back.</summary>
    Ending,
}
